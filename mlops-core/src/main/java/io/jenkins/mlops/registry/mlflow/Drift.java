package io.jenkins.mlops.registry.mlflow;

import java.io.Serializable;

/**
 * An alias that stands at the server otherwise than on record: nobody moved it by a promotion.
 *
 * @param model the model's name
 * @param alias the alias; empty when the model itself is gone there
 * @param expected the version that it has to point at, by the server's number; 0 for none
 * @param found the version that it points at there, by the server's number; 0 for none
 * @param sinceMillis when it was found, in epoch milliseconds
 */
public record Drift(String model, String alias, int expected, int found, long sinceMillis) implements Serializable {
    /** One sentence for people. */
    public String display() {
        if (alias.isEmpty()) {
            return "The model '" + model + "' is gone from the MLflow server";
        }
        return "The alias '" + alias + "' of '" + model + "' " + place(found) + " at the MLflow server, on record it "
                + place(expected);
    }

    private static String place(int number) {
        return number == 0 ? "points at nothing" : "points at version " + number + " (the server's number)";
    }
}
