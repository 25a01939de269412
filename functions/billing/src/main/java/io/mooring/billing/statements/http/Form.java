package io.mooring.billing.statements.http;

import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** How a statement can be had. */
enum Form {
  JSON(MediaType.APPLICATION_JSON),
  CSV("text/csv;charset=UTF-8"),
  PDF("application/pdf");

  private final String type;

  Form(String type) {
    this.type = type;
  }

  String type() {
    return type;
  }

  /** The first form that is accepted, in the client's order; JSON where any will do. */
  static Form of(List<MediaType> accepted) {
    for (MediaType type : accepted) {
      for (Form form : values()) {
        if (type.isCompatible(MediaType.valueOf(form.type))) {
          return form;
        }
      }
    }
    return JSON;
  }
}
