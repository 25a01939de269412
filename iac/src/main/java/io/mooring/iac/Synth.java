package io.mooring.iac;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awscdk.App;

/** Writes the templates of all stages. */
public final class Synth {
  private Synth() {}

  /**
   * Takes the project's folder, the folder to write to, and what to choose, as {@code name=value}.
   */
  public static void main(String[] arguments) {
    Map<String, String> chosen =
        List.of(arguments).subList(2, arguments.length).stream()
            .map(argument -> argument.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    write(Path.of(arguments[0]), Path.of(arguments[1]), Stage.ALL, chosen);
  }

  static void write(Path project, Path folder, List<Stage> stages, Map<String, String> chosen) {
    App app =
        App.Builder.create()
            .outdir(folder.toString())
            .context(chosen)
            .analyticsReporting(false)
            .treeMetadata(false)
            .build();
    Contract contract = Contract.read(project.resolve("api-gateway/openapi.yaml"));
    for (Stage stage : stages) {
      new MooringStack(app, stage, Settings.of(app.getNode()), contract);
    }
    app.synth();
  }
}
