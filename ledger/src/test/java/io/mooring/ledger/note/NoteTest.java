package io.mooring.ledger.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.mooring.ledger.MalformedException;
import io.mooring.ledger.Verdict.Reason;
import io.mooring.ledger.Verdict.Refuted;
import io.mooring.ledger.Verdict.Verified;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NoteTest {
  /** The example of c2sp.org/signed-note. */
  private static final VerifierKey FOO =
      VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");

  private static final String EXAMPLE =
      """
      This is an example message.

      — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
      """;

  /** The example of Go's note package. */
  private static final String NEUMANN_PRIVATE =
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

  private static final String NEUMANN_PUBLIC =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private static final String NEUMANN =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;

  private static final LogSigner MINE = LogSigner.ofSeed("log.example/1", new byte[32]);

  @Test
  void verifiesTheExampleOfTheSpecification() {
    assertEquals(new Verified(), Note.parse(EXAMPLE).check(List.of(FOO)));
    assertEquals(EXAMPLE, Note.parse(EXAMPLE).encoded());
  }

  @Test
  void signsAsGoDoes() {
    LogSigner signer = LogSigner.parse(NEUMANN_PRIVATE);
    assertEquals(NEUMANN_PUBLIC, signer.verifierKey().toString());
    assertEquals(NEUMANN, Note.sign(Note.parse(NEUMANN).text(), signer).encoded());
  }

  @Test
  void aChangedTextOrSignatureIsRefuted() {
    Note text = Note.parse(EXAMPLE.replace("example message", "examplf message"));
    assertEquals(new Refuted(Reason.SIGNATURE_WRONG), text.check(List.of(FOO)));
    Note signature = Note.parse(EXAMPLE.replace("Uw2QOkn8", "Uw2QOkn9"));
    assertEquals(new Refuted(Reason.SIGNATURE_WRONG), signature.check(List.of(FOO)));
  }

  @Test
  void linesOfUnknownKeysCountForNothing() {
    Note note = Note.parse(EXAMPLE);
    Refuted unknown = new Refuted(Reason.NOT_SIGNED_BY_A_KNOWN_KEY);
    assertEquals(unknown, note.check(List.of()));
    assertEquals(unknown, note.check(List.of(MINE.verifierKey())));

    byte[] noise = new byte[64];
    Note sameName = note.with(new NoteSignature("example.com/foo", 1, noise));
    assertEquals(new Verified(), sameName.check(List.of(FOO)));
    Note sameId = note.with(new NoteSignature("example.com/bar", FOO.keyId(), noise));
    assertEquals(new Verified(), sameId.check(List.of(FOO)));
  }

  @Test
  void aKnownKeyThatDidNotSignRejectsTheWholeNote() {
    byte[] noise = new byte[64];
    Note note = Note.sign("text\n", MINE).with(new NoteSignature(FOO.name(), FOO.keyId(), noise));
    assertEquals(new Verified(), note.check(List.of(MINE.verifierKey())));
    List<VerifierKey> both = List.of(MINE.verifierKey(), FOO);
    assertEquals(new Refuted(Reason.SIGNATURE_WRONG), note.check(both));

    Note repeated = Note.parse(EXAMPLE).with(new NoteSignature(FOO.name(), FOO.keyId(), noise));
    assertEquals(new Refuted(Reason.SIGNATURE_WRONG), repeated.check(List.of(FOO)));
    Note longer =
        Note.sign("t\n", MINE).with(new NoteSignature(FOO.name(), FOO.keyId(), new byte[65]));
    assertEquals(new Refuted(Reason.SIGNATURE_WRONG), longer.check(both));
  }

  @Test
  void theTextGoesToTheLastEmptyLine() {
    Note note = Note.sign("first\n\nsecond\n", MINE);
    assertEquals(note, Note.parse(note.encoded()));
    assertEquals(new Verified(), Note.parse(note.encoded()).check(List.of(MINE.verifierKey())));
  }

  @ParameterizedTest
  @MethodSource
  void refuses(String note) {
    assertThrows(MalformedException.class, () -> Note.parse(note));
  }

  static Stream<Arguments> refuses() {
    String line = EXAMPLE.substring(EXAMPLE.indexOf('—'));
    return Stream.of(
        argumentSet("nothing", ""),
        argumentSet("no final newline", EXAMPLE.substring(0, EXAMPLE.length() - 1)),
        argumentSet("CRLF", EXAMPLE.replace("\n", "\r\n")),
        argumentSet("a tab", EXAMPLE.replace("an example", "an\texample")),
        argumentSet("NUL", EXAMPLE.replace("an example", "an\0example")),
        argumentSet("no blank line", EXAMPLE.replace("\n\n", "\n")),
        argumentSet("no signature", "text\n\n"),
        argumentSet("a text after the signatures", EXAMPLE + "more\n"),
        argumentSet("an empty line after the signatures", EXAMPLE + "\n"),
        argumentSet("a hyphen for the dash", EXAMPLE.replace("—", "-")),
        argumentSet("no base64", "text\n\n— name\n"),
        argumentSet("no name", "text\n\n—  AAAAAAA=\n"),
        argumentSet("a plus in the name", EXAMPLE.replace("/foo", "+foo")),
        argumentSet("a line separator in the name", EXAMPLE.replace("/foo", "\u2028foo")),
        argumentSet("a no-break space in the name", EXAMPLE.replace("/foo", "\u00a0foo")),
        argumentSet("a next-line in the name", EXAMPLE.replace("/foo", "\u0085foo")),
        argumentSet("base64 without padding", EXAMPLE.replace("QM=", "QM")),
        argumentSet("base64 with loose bits", EXAMPLE.replace("QM=", "QN=")),
        argumentSet("base64 for the web", EXAMPLE.replace("TgK7Ztg", "TgK_Ztg")),
        argumentSet("a signature of nothing but the key id", "text\n\n— name AAAAAA==\n"),
        argumentSet("1,000 signature lines", EXAMPLE + line.repeat(999)),
        argumentSet("half a surrogate pair", EXAMPLE.replace("This", "\ud800")),
        argumentSet("too long", "x".repeat(Note.BYTES_MAX) + EXAMPLE));
  }

  @Test
  void takesExactlyAsManySignaturesAsItSays() {
    String text = EXAMPLE.substring(0, EXAMPLE.indexOf('—'));
    String line = EXAMPLE.substring(EXAMPLE.indexOf('—'));
    String full = text + line.repeat(Note.SIGNATURES_MAX);
    assertEquals(Note.SIGNATURES_MAX, Note.parse(full).signatures().size());
    assertThrows(MalformedException.class, () -> Note.parse(full + line));
  }

  @Test
  void takesALineSeparatorInTheTextAsAnyOtherLetter() {
    Note note = Note.sign("one\u2028line\n", MINE);
    assertEquals(new Verified(), Note.parse(note.encoded()).check(List.of(MINE.verifierKey())));
  }

  @ParameterizedTest
  @MethodSource
  void refusesAKey(String key) {
    assertThrows(MalformedException.class, () -> VerifierKey.parse(key));
  }

  static Stream<Arguments> refusesAKey() {
    return Stream.of(
        argumentSet("nothing", ""),
        argumentSet("one part", "PeterNeumann"),
        argumentSet("another id", NEUMANN_PUBLIC.replace("c74f20a3", "c74f20a4")),
        argumentSet("upper-case id", NEUMANN_PUBLIC.replace("c74f20a3", "C74F20A3")),
        argumentSet("another name", NEUMANN_PUBLIC.replace("Peter", "Pete")),
        argumentSet("a space in the name", NEUMANN_PUBLIC.replace("Peter", "Peter ")),
        argumentSet("no key", "PeterNeumann+c74f20a3+"),
        argumentSet("a short key", "PeterNeumann+c74f20a3+AQ=="),
        argumentSet("an unknown type", "PeterNeumann+c74f20a3+Ahpc"),
        argumentSet("a newline at the end", NEUMANN_PUBLIC + "\n"));
  }

  @Test
  void aSigningKeyKeepsItsSecretOutOfItsName() {
    assertEquals("LogSigner[" + MINE.verifierKey() + "]", MINE.toString());
    String text = LogSigner.privateText("log.example/1", new byte[32]);
    assertEquals(MINE.verifierKey(), LogSigner.parse(text).verifierKey());
    assertThrows(MalformedException.class, () -> LogSigner.parse(text.replace("/1", "/2")));
    assertThrows(MalformedException.class, () -> LogSigner.parse(NEUMANN_PUBLIC));
    assertThrows(MalformedException.class, () -> LogSigner.ofSeed("n", new byte[31]));
  }
}
