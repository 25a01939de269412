package io.mooring.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What one command line printed, and its exit code. */
record Run(int exit, String out, String err) {
  static Run moor(Object... arguments) {
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = Moor.run(new PrintWriter(out), new PrintWriter(err), words);
    return new Run(exit, out.toString(), err.toString());
  }
}
