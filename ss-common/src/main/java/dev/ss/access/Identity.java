package dev.ss.access;

import java.util.function.Function;

/** Who sent a request. */
public sealed interface Identity {
  /** Returns the result of the function for this case. */
  <T> T match(Function<Caller, T> known, Function<DenialReason, T> unknown);

  /** The sender is known; the {@link Caller} says what it may do. */
  record Known(Caller caller) implements Identity {
    @Override
    public <T> T match(Function<Caller, T> known, Function<DenialReason, T> unknown) {
      return known.apply(caller);
    }
  }

  /** SS does not know the sender: the response is 401. */
  record Unknown(DenialReason reason) implements Identity {
    @Override
    public <T> T match(Function<Caller, T> known, Function<DenialReason, T> unknown) {
      return unknown.apply(reason);
    }
  }
}
