package io.mooring.billing.statements.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormTest {
  @ParameterizedTest(name = "{0} is answered with {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*                               | JSON",
        "text/html,*/*                     | JSON",
        "application/*                     | JSON",
        "application/pdf                   | PDF",
        "text/*                            | CSV",
        "text/csv,application/json         | CSV",
        "application/json,text/csv         | JSON"
      })
  void theClientsFirstFormIsTaken(String accept, Form form) {
    List<MediaType> accepted = Arrays.stream(accept.split(",")).map(MediaType::valueOf).toList();
    assertEquals(form, Form.of(accepted));
  }
}
