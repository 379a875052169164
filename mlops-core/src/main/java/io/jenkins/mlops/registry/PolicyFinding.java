package io.jenkins.mlops.registry;

import java.io.Serializable;

/**
 * Something about a promotion policy that its author should know.
 *
 * @param certain true when no promotion can ever pass; false when some can't, or when it only looks wrong
 * @param field the policy's field that it is about
 * @param message what, and what follows from it
 */
public record PolicyFinding(boolean certain, String field, String message) implements Serializable {
    public PolicyFinding {
        field = Limits.line("The policy's field", field, Limits.KEY);
        message = Limits.required("The finding", Limits.text("The finding", message, Limits.TEXT));
    }
}
