package io.jenkins.mlops.testbed.remoting;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which classes may be read from agents and kept in XML files (JEP-200): those of Jenkins and of plugins, arrays, enums,
 * exceptions, and of all others only those on a list. Agents take everything that is not known to be dangerous.
 */
public final class ClassRules {
    private static final String SEE = "; see https://jenkins.io/redirect/class-filter/";
    private static final Pattern DANGEROUS = Pattern.compile("(bsh|com\\.google\\.inject|com\\.mchange\\.v2\\.c3p0"
            + "|com\\.sun\\.(jndi|corba|javafx|org\\.apache\\.regex\\.internal)|java\\.(awt|rmi)"
            + "|javax\\.(management|naming|script|swing|imageio)|net\\.sf\\.json|org\\.apache\\.commons\\.beanutils"
            + "|org\\.apache\\.commons\\.collections\\.functors|org\\.apache\\.(myfaces|wicket)"
            + "|org\\.codehaus\\.groovy\\.runtime|org\\.(hibernate|python)|sun\\.rmi)\\..*"
            + "|.*org\\.apache\\.xalan.*|org\\.springframework\\.(?!(\\p{Alnum}+\\.)*\\p{Alnum}*Exception$).*"
            + "|java\\.(lang\\.reflect\\.Method|util\\.ServiceLoader|net\\.URLClassLoader|security\\.SignedObject)");

    private static final Set<String> PERMITTED = permitted();
    private static final String HERE = location(ClassRules.class);
    private static final Map<String, Boolean> PLACES = new ConcurrentHashMap<>();

    private ClassRules() {}

    /** Whether a controller refuses a class. */
    public static boolean isRefused(Class<?> c) {
        String name = c.getName();
        if (DANGEROUS.matcher(name).matches()) {
            return true;
        }
        if (c.isArray() || Throwable.class.isAssignableFrom(c) || Enum.class.isAssignableFrom(c)) {
            return false;
        }
        String place = location(c);
        boolean ofJenkins = place != null && PLACES.computeIfAbsent(place, ClassRules::isOfJenkins);
        // Stapler's classes are doubled beside those of Jenkins, but come from a library of their own.
        return (!ofJenkins || name.startsWith("org.kohsuke.")) && !PERMITTED.contains(name);
    }

    /** Throws for a class that a controller refuses to read from an agent. */
    static void checkAnswer(Class<?> c) {
        if (isRefused(c)) {
            throw new SecurityException("Rejected: " + c.getName() + SEE);
        }
    }

    /** Throws for a class that an agent refuses to read from its controller. */
    static void checkRequest(Class<?> c) {
        if (DANGEROUS.matcher(c.getName()).matches()) {
            throw new SecurityException("Rejected: " + c.getName() + SEE);
        }
    }

    @CheckForNull
    private static String location(Class<?> c) {
        CodeSource source = c.getProtectionDomain().getCodeSource();
        URL place = source == null ? null : source.getLocation();
        return place == null ? null : place.toString();
    }

    /** Folders of classes are a module that is being built; a jar has to say in its manifest that it is a plugin. */
    private static boolean isOfJenkins(String place) {
        if (place.equals(HERE) || place.endsWith("/")) {
            return true;
        }
        try (JarFile jar = new JarFile(new File(new URI(place)))) {
            Manifest manifest = jar.getManifest();
            return manifest != null && isOfPlugin(manifest.getMainAttributes());
        } catch (IOException | URISyntaxException | IllegalArgumentException e) {
            // Not a jar on this machine's disk, so no plugin's.
            return false;
        }
    }

    private static boolean isOfPlugin(Attributes manifest) {
        return manifest.getValue("Short-Name") != null
                        && (manifest.getValue("Plugin-Version") != null || manifest.getValue("Jenkins-Version") != null)
                || "true".equals(manifest.getValue("Jenkins-ClassFilter-Whitelisted"));
    }

    private static Set<String> permitted() {
        try (InputStream in = ClassRules.class.getResourceAsStream("permitted-classes.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
