package io.mooring.billing;

import java.util.List;
import java.util.function.Function;

/**
 * How an operation ended: with a next state and the postings that lead to it, or declined.
 *
 * @param <S> the state that the operation is on
 */
public sealed interface Moved<S> {
  /** It happened: {@code state} is what is true once the postings are recorded. */
  record Done<S>(S state, List<Posting> postings) implements Moved<S> {
    public Done {
      postings = List.copyOf(postings);
    }
  }

  /** Nothing happened; {@code missing} is how many units are too many, where that is known. */
  record Declined<S>(Decline reason, long missing) implements Moved<S> {}

  static <S> Moved<S> declined(Decline reason) {
    return new Declined<>(reason, 0);
  }

  /** The same end, seen as the end of an operation on another state. */
  default <T> Moved<T> map(Function<S, T> as) {
    return switch (this) {
      case Done<S> done -> new Done<>(as.apply(done.state()), done.postings());
      case Declined<S> declined -> new Declined<>(declined.reason(), declined.missing());
    };
  }
}
