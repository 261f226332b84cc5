package dev.ss.api.http;

import dev.ss.api.submit.RawInput;
import java.util.function.Function;
import java.util.function.Supplier;

/** What has become of a body that is an input, as {@link RawBodies} leaves it to the route. */
sealed interface RawBody {
  /** The request attribute. */
  String ATTRIBUTE = RawBody.class.getName();

  /** Applies the function for this case. */
  <T> T match(
      Function<RawInput, T> received, Supplier<T> tooLarge, Function<RuntimeException, T> failed);

  /** All of it has been received. */
  record Received(RawInput input) implements RawBody {
    @Override
    public <T> T match(
        Function<RawInput, T> received,
        Supplier<T> tooLarge,
        Function<RuntimeException, T> failed) {
      return received.apply(input);
    }
  }

  /** It has more bytes than an input may have. */
  record TooLarge() implements RawBody {
    @Override
    public <T> T match(
        Function<RawInput, T> received,
        Supplier<T> tooLarge,
        Function<RuntimeException, T> failed) {
      return tooLarge.get();
    }
  }

  /** It could not be stored. */
  record Failed(RuntimeException reason) implements RawBody {
    @Override
    public <T> T match(
        Function<RawInput, T> received,
        Supplier<T> tooLarge,
        Function<RuntimeException, T> failed) {
      return failed.apply(reason);
    }
  }
}
