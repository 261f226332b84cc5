package dev.ss.access;

import java.util.function.Function;

/** Who sent a request. */
public sealed interface Identity {
  /** Returns the result of the function for this case. */
  <T> T match(Function<Caller, T> known, Function<DenialReason, T> unknown);

  /** Somebody who may send requests; what they may do, the caller says. */
  record Known(Caller caller) implements Identity {
    @Override
    public <T> T match(Function<Caller, T> known, Function<DenialReason, T> unknown) {
      return known.apply(caller);
    }
  }

  /** Nobody that SS knows: the response is 401. */
  record Unknown(DenialReason reason) implements Identity {
    @Override
    public <T> T match(Function<Caller, T> known, Function<DenialReason, T> unknown) {
      return unknown.apply(reason);
    }
  }
}
