package example;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Entry point: {@code train}, {@code serve} or {@code ask}. */
public final class Main {
    private static final String USAGE = """
            Usage:
              java -jar breast-cancer.jar train --data data/wdbc.csv --out out [--seed 7] [--C 1.0]
              java -jar breast-cancer.jar serve --model out/model [--name breast-cancer] [--port 8080]
              java -jar breast-cancer.jar ask   --url http://127.0.0.1:8080 --row data/one.json [--name breast-cancer]
            """;

    private Main() {}

    /** Runs one of the commands; ends with 2 when they are misused. */
    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            System.err.print(USAGE);
            System.exit(2);
        }
        try {
            Options options = new Options(Arrays.copyOfRange(args, 1, args.length));
            switch (args[0]) {
                case "train" -> Train.run(options);
                case "serve" -> Serve.run(options);
                case "ask" -> Ask.run(options);
                default -> throw new IllegalArgumentException("unknown command: " + args[0]);
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(USAGE);
            System.exit(2);
        }
    }

    /** Options of the form {@code --name value}. */
    static final class Options {
        private final Map<String, String> values = new HashMap<>();

        Options(String... args) {
            for (int i = 0; i < args.length; i += 2) {
                if (!args[i].startsWith("--") || i + 1 == args.length) {
                    throw new IllegalArgumentException("expected --option value, found: " + args[i]);
                }
                values.put(args[i].substring(2), args[i + 1]);
            }
        }

        String get(String name) {
            String value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("the option --" + name + " is missing");
            }
            return value;
        }

        String get(String name, String otherwise) {
            return values.getOrDefault(name, otherwise);
        }
    }
}
