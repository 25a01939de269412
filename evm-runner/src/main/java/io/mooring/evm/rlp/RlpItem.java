package io.mooring.evm.rlp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** RLP of no known schema: a string of bytes or a list of items. */
public sealed interface RlpItem {
  /** How deep lists may lie in each other; no structure of Ethereum comes near it. */
  int NESTING_MAX = 1_024;

  record Bytes(byte[] value) implements RlpItem {}

  record Items(List<RlpItem> items) implements RlpItem {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** Reads one item that is all of {@code source}. */
  static RlpItem decode(byte[] source) {
    record Open(RlpInput input, List<RlpItem> items) {}
    Deque<Open> open = new ArrayDeque<>();
    open.push(new Open(RlpInput.of(source), new ArrayList<>()));

    while (true) {
      Open top = open.element();
      if (open.size() == 1 && !top.items.isEmpty()) {
        top.input.end();
        return top.items.getFirst();
      }
      if (open.size() > 1 && !top.input.hasNext()) {
        open.pop();
        open.element().items.add(new Items(top.items));
      } else if (!top.input.nextIsList()) {
        top.items.add(new Bytes(top.input.bytes()));
      } else if (open.size() > NESTING_MAX) {
        throw new MalformedRlp("lists nested deeper than " + NESTING_MAX);
      } else {
        open.push(new Open(top.input.list(), new ArrayList<>()));
      }
    }
  }

  default byte[] encode() {
    RlpOutput output = new RlpOutput();
    Deque<Iterator<RlpItem>> open = new ArrayDeque<>();
    open.push(Collections.singleton(this).iterator());
    while (true) {
      if (open.element().hasNext()) {
        switch (open.element().next()) {
          case Bytes(byte[] value) -> output.bytes(value);
          case Items(List<RlpItem> items) -> {
            output.startList();
            open.push(items.iterator());
          }
        }
      } else {
        open.pop();
        if (open.isEmpty()) {
          return output.toBytes();
        }
        output.endList();
      }
    }
  }
}
