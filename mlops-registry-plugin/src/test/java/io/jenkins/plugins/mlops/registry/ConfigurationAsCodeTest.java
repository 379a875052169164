package io.jenkins.plugins.mlops.registry;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.plugins.mlops.registry.database.EmbeddedDatabase;
import io.jenkins.plugins.mlops.registry.database.PostgresDatabase;
import io.jenkins.plugins.mlops.registry.gates.Gate;
import io.jenkins.plugins.mlops.registry.gates.ThresholdGate;
import io.jenkins.plugins.mlops.registry.policy.ModelPolicy;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Holds the settings to what Configuration as Code needs: it writes by data-bound constructors and setters, reads by the
 * getters of the same names, and names classes by their symbols.
 */
@WithJenkins
class ConfigurationAsCodeTest {
    /** What a YAML file could say of an object, by the getters of its data-bound attributes. */
    private static Map<String, Object> exported(Object object) throws Exception {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (String name : names(object.getClass())) {
            attributes.put(name, getter(object.getClass(), name).invoke(object));
        }
        return attributes;
    }

    private static TreeSet<String> names(Class<?> type) {
        TreeSet<String> names = new TreeSet<>();
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                for (Parameter parameter : constructor.getParameters()) {
                    names.add(parameter.getName());
                }
            }
        }
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                String name = method.getName().substring("set".length());
                names.add(Character.toLowerCase(name.charAt(0)) + name.substring(1));
            }
        }
        return names;
    }

    private static Method getter(Class<?> type, String name) throws NoSuchMethodException {
        String suffix = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        try {
            return type.getMethod("get" + suffix);
        } catch (NoSuchMethodException x) {
            return type.getMethod("is" + suffix);
        }
    }

    private static Object imported(Class<?> type, Map<String, Object> attributes) throws Exception {
        Object made = null;
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                List<Object> arguments = new ArrayList<>();
                for (Parameter parameter : constructor.getParameters()) {
                    arguments.add(attributes.get(parameter.getName()));
                }
                made = constructor.newInstance(arguments.toArray());
            }
        }
        assertThat(made).as("a data-bound constructor of " + type).isNotNull();
        set(made, attributes);
        return made;
    }

    private static void set(Object object, Map<String, Object> attributes) throws Exception {
        for (Method method : object.getClass().getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                String name = method.getName().substring("set".length());
                method.invoke(object, attributes.get(Character.toLowerCase(name.charAt(0)) + name.substring(1)));
            }
        }
    }

    @Test
    void everyAttributeCanBeReadBackAsItWasWritten(JenkinsRule j) throws Exception {
        PostgresDatabase postgres = new PostgresDatabase("jdbc:postgresql://db.example.com:5432/mlops", "mlops-db");
        ModelPolicy policy = new ModelPolicy("churn");
        policy.setApprovals("2 of managers and 1 of risk");
        policy.setRollbackApprovals("1 of managers");
        policy.setSeparationOfDuties(false);
        policy.setInconclusiveMayBeApproved(true);
        policy.setRestoreAlias(true);
        policy.setExpiryHours(5);
        for (Object written : List.of(postgres, new EmbeddedDatabase(), policy)) {
            Map<String, Object> attributes = exported(written);

            assertThat(exported(imported(written.getClass(), attributes))).isEqualTo(attributes);
        }
        assertThat(exported(policy)).containsEntry("approvals", "2 of managers and 1 of risk");
    }

    @Test
    void everyGateHasASymbolAndGetters(JenkinsRule j) throws Exception {
        for (Descriptor<Gate> descriptor : Jenkins.get().getDescriptorList(Gate.class)) {
            assertThat(descriptor.getClass().isAnnotationPresent(Symbol.class))
                    .as("a symbol of " + descriptor)
                    .isTrue();
            for (String name : names(descriptor.clazz)) {
                assertThat(getter(descriptor.clazz, name).getReturnType())
                        .as(name + " of " + descriptor.clazz)
                        .isNotEqualTo(void.class);
            }
        }
    }

    @Test
    void theWholeConfigurationSurvivesARound(JenkinsRule j) throws Exception {
        RegistryConfiguration configuration = RegistryConfiguration.get();
        assertThat(configuration.getClass().getAnnotation(Symbol.class).value()).contains("mlopsRegistry");
        configuration.setAllowedHosts("models.example.com\n*.serving.example.com:8443");
        ModelPolicy policy = new ModelPolicy("churn");
        policy.setApprovals("2 of managers");
        ThresholdGate gate = new ThresholdGate("roc_auc");
        gate.setAtLeast(0.9);
        policy.setGates(List.of(gate));
        configuration.setPolicies(List.of(policy));
        int revision = RegistryConnection.get().registry().policy("churn").revision();

        Map<String, Object> attributes = exported(configuration);
        set(configuration, attributes);

        assertThat(attributes.keySet()).contains("database", "allowedHosts", "policies");
        assertThat(exported(configuration)).isEqualTo(attributes);
        assertThat(RegistryConnection.get().registry().policy("churn").revision())
                .as("the same configuration once more is no new policy")
                .isEqualTo(revision);
        for (Object value : attributes.values()) {
            if (value instanceof Describable<?> described) {
                assertThat(described.getDescriptor().getClass().isAnnotationPresent(Symbol.class))
                        .isTrue();
            }
        }
    }
}
