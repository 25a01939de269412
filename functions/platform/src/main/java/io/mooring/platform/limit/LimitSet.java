package io.mooring.platform.limit;

import java.util.List;

/** The limits of one module, produced as a bean so that they are published with all others. */
public record LimitSet(List<Limit> limits) {
  public LimitSet {
    limits = List.copyOf(limits);
  }
}
