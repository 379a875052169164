package io.jenkins.plugins.mlops.registry.gates;

import hudson.model.Descriptor;
import hudson.util.FormValidation;
import java.util.function.DoublePredicate;

/** Describes a kind of gate, and checks its fields as the author types. */
public abstract class GateDescriptor extends Descriptor<Gate> {
    /** Accepts an empty field, or a number that the predicate accepts; else says what was expected. */
    static FormValidation checkNumber(String value, DoublePredicate valid, String expected) {
        if (value == null || value.isBlank()) {
            return FormValidation.ok();
        }
        try {
            if (valid.test(Double.parseDouble(value.trim()))) {
                return FormValidation.ok();
            }
        } catch (NumberFormatException notANumber) {
            return FormValidation.error(Messages.GateDescriptor_expected(expected, value));
        }
        return FormValidation.error(Messages.GateDescriptor_expected(expected, value));
    }
}
