package io.jenkins.plugins.mlops.examples;

import hudson.model.Descriptor;
import io.jenkins.plugins.mlops.monitor.EndpointWatch;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.steps.RegisterModelStep;
import jakarta.servlet.FilterChain;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.bind.JavaScriptMethod;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.DELETE;
import org.kohsuke.stapler.verb.POST;
import org.kohsuke.stapler.verb.PUT;

/** Finds what the web may call in the classes of the three plugins, whatever is added to them. */
final class WebMethods {
    private static final List<Class<?>> PLUGINS =
            List.of(RegistryConnection.class, RegisterModelStep.class, EndpointWatch.class);

    private WebMethods() {}

    /**
     * A method that the web may call.
     *
     * @param type the class that has it, perhaps from a class above
     * @param method the method
     * @param segment the last part of its URL, empty for {@code doIndex}
     */
    record Door(Class<?> type, Method method, String segment) {
        String owner() {
            return type.getName();
        }

        boolean ofDescriptor() {
            return Descriptor.class.isAssignableFrom(type);
        }

        /** Whether it changes something, or is a form's helper: both want POST. */
        boolean wantsPost() {
            return Stream.of(RequirePOST.class, POST.class, PUT.class, DELETE.class)
                    .anyMatch(method::isAnnotationPresent);
        }

        /** The parameters with values that would do something if nobody asked for permissions. */
        String query(Map<String, String> values) {
            return Arrays.stream(method.getParameters())
                    .filter(parameter -> parameter.isAnnotationPresent(QueryParameter.class))
                    .map(parameter -> {
                        String named =
                                parameter.getAnnotation(QueryParameter.class).value();
                        String name = named.isEmpty() ? parameter.getName() : named;
                        return name + "=" + URLEncoder.encode(values.getOrDefault(name, "1"), StandardCharsets.UTF_8);
                    })
                    .collect(Collectors.joining("&"));
        }

        @Override
        public String toString() {
            return owner() + "." + method.getName();
        }
    }

    /** All of them, in the order of their names. */
    static List<Door> all() throws Exception {
        List<Door> doors = new ArrayList<>();
        for (Class<?> plugin : PLUGINS) {
            for (String name : classes(plugin)) {
                Class<?> type = Class.forName(name, false, plugin.getClassLoader());
                if (Modifier.isAbstract(type.getModifiers())) {
                    continue; // the classes below it have its doors
                }
                for (Method method : type.getMethods()) {
                    if (isDoor(method) && isOurs(method)) {
                        doors.add(new Door(type, method, segment(method)));
                    }
                }
            }
        }
        doors.sort(Comparator.comparing(Door::toString));
        return doors;
    }

    /** What a class inherits from Jenkins is for Jenkins to lock. */
    private static boolean isOurs(Method method) {
        return method.getDeclaringClass().getName().startsWith("io.jenkins.plugins.mlops.");
    }

    private static boolean isDoor(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !method.isSynthetic()
                && !List.of(method.getParameterTypes())
                        .contains(FilterChain.class) // a filter's, for the container alone
                && (method.getName().matches("do[A-Z].*")
                        || method.isAnnotationPresent(WebMethod.class)
                        || method.isAnnotationPresent(JavaScriptMethod.class));
    }

    private static String segment(Method method) {
        WebMethod named = method.getAnnotation(WebMethod.class);
        if (named != null) {
            return named.name()[0];
        }
        String name = method.getName().substring(2);
        String first = name.substring(0, 1).toLowerCase(java.util.Locale.ROOT);
        return name.equals("Index") ? "" : first + name.substring(1);
    }

    private static List<String> classes(Class<?> plugin) throws IOException, URISyntaxException {
        Path place = Path.of(
                plugin.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> files;
        if (Files.isDirectory(place)) {
            try (Stream<Path> walk = Files.walk(place)) {
                files = walk.map(file -> place.relativize(file).toString().replace(File.separatorChar, '/'))
                        .toList();
            }
        } else {
            try (JarFile jar = new JarFile(place.toFile())) {
                files = jar.stream().map(entry -> entry.getName()).toList();
            }
        }
        return files.stream()
                .filter(file -> file.startsWith("io/jenkins/plugins/mlops/") && file.endsWith(".class"))
                .map(file ->
                        file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                .filter(name -> !name.endsWith("package-info"))
                .toList();
    }
}
