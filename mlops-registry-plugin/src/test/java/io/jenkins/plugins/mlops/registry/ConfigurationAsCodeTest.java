package io.jenkins.plugins.mlops.registry;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.plugins.mlops.registry.database.EmbeddedDatabase;
import io.jenkins.plugins.mlops.registry.database.PostgresDatabase;
import io.jenkins.plugins.mlops.registry.gates.Gate;
import io.jenkins.plugins.mlops.registry.gates.ThresholdGate;
import io.jenkins.plugins.mlops.registry.notice.NoticeConfiguration;
import io.jenkins.plugins.mlops.registry.notice.WebhookNotifier;
import io.jenkins.plugins.mlops.registry.policy.ModelPolicy;
import io.jenkins.plugins.mlops.registry.retention.ModelRetention;
import io.jenkins.plugins.mlops.registry.retention.RetentionConfiguration;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import jenkins.model.GlobalConfiguration;
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
        WebhookNotifier webhook = new WebhookNotifier("https://models.example.com/hooks");
        webhook.setCredentialsId("mlops-webhook");
        webhook.setFormat(WebhookNotifier.CHAT);
        ModelRetention retention = new ModelRetention("churn");
        retention.setKeepNewest(20);
        retention.setKeepDays(90);
        retention.setKeepTags("keep, audit");
        for (Object written : List.of(postgres, new EmbeddedDatabase(), policy, webhook, retention)) {
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

    /** Each setting of the administrator: a symbol to name it by, getters to export it, a help, and no secret. */
    @Test
    void everySettingCanBeNamedExportedAndUnderstood(JenkinsRule j) throws Exception {
        List<Class<?>> settings = new ArrayList<>();
        for (GlobalConfiguration configuration : GlobalConfiguration.all()) {
            if (isOurs(configuration.getClass())) {
                settings.add(configuration.getClass());
                assertThat(configuration.getClass().isAnnotationPresent(Symbol.class))
                        .as("a symbol of " + configuration.getClass())
                        .isTrue();
            }
        }
        for (Descriptor<?> descriptor : Jenkins.get().getExtensionList(Descriptor.class)) {
            if (isOurs(descriptor.clazz) && !(descriptor instanceof GlobalConfiguration)) {
                settings.add(descriptor.clazz);
                assertThat(descriptor.getClass().isAnnotationPresent(Symbol.class))
                        .as("a symbol of " + descriptor.clazz)
                        .isTrue();
            }
        }

        assertThat(settings)
                .contains(
                        RegistryConfiguration.class,
                        NoticeConfiguration.class,
                        RetentionConfiguration.class,
                        ModelRetention.class,
                        WebhookNotifier.class);
        for (Class<?> setting : settings) {
            for (String name : names(setting)) {
                assertThat(getter(setting, name)).as(name + " of " + setting).isNotNull();
                assertThat(name.toLowerCase(Locale.ROOT))
                        .as("secrets are named by credentials ids")
                        .doesNotContain("password")
                        .doesNotContain("token");
                if (!Gate.class.isAssignableFrom(setting)) {
                    String help = setting.getSimpleName() + "/help-" + name + ".html";
                    assertThat(setting.getResource(help)).as(help).isNotNull();
                }
            }
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("io.jenkins.plugins.mlops.") && !Modifier.isAbstract(type.getModifiers());
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
