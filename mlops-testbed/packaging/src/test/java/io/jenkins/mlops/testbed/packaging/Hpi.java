package io.jenkins.mlops.testbed.packaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A packed plugin, read whole: the entries of the {@code .hpi} and of each jar in its {@code WEB-INF/lib}.
 *
 * @param module the plugin
 * @param entries the contents by path
 * @param jars the entries of each bundled jar, by the jar's file name
 */
record Hpi(PluginModule module, Map<String, byte[]> entries, Map<String, Map<String, byte[]>> jars) {
    private static final String OPTIONAL = ";resolution:=optional";

    private static final String LIB = "WEB-INF/lib/";

    static Hpi open(PluginModule module) throws IOException {
        Path file = module.hpi();
        if (!Files.isRegularFile(file)) {
            throw new IOException("No " + file + ": the phase package of " + module.folder() + "/testbed-pom.xml"
                    + " makes it; run mvn verify at the root");
        }
        Map<String, byte[]> entries = unzip(Files.readAllBytes(file));
        Map<String, Map<String, byte[]>> jars = new TreeMap<>();
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            if (entry.getKey().startsWith(LIB)) {
                jars.put(entry.getKey().substring(LIB.length()), unzip(entry.getValue()));
            }
        }
        return new Hpi(module, Collections.unmodifiableMap(entries), Collections.unmodifiableMap(jars));
    }

    /** The entries of the jar with the plugin's own classes. */
    Map<String, byte[]> pluginJar() {
        Map<String, byte[]> jar = jars.get(pluginJarName());
        if (jar == null) {
            throw new AssertionError("No " + LIB + pluginJarName() + " in " + module.hpi() + ", only " + jars.keySet());
        }
        return jar;
    }

    String pluginJarName() {
        return module.shortName() + ".jar";
    }

    Attributes manifest() throws IOException {
        return manifest(entries);
    }

    Attributes pluginJarManifest() throws IOException {
        return manifest(pluginJar());
    }

    /** Short name to minimum version, in the manifest's order. */
    Map<String, String> pluginDependencies() throws IOException {
        Map<String, String> versions = new TreeMap<>();
        for (String item : manifest().getValue("Plugin-Dependencies").split(",")) {
            String[] nameAndVersion = item.split(":", 2);
            versions.put(nameAndVersion[0], nameAndVersion[1].replace(OPTIONAL, ""));
        }
        return versions;
    }

    /** Those of the plugins that may be absent. */
    Set<String> optionalPlugins() throws IOException {
        Set<String> optional = new TreeSet<>();
        for (String item : manifest().getValue("Plugin-Dependencies").split(",")) {
            if (item.endsWith(OPTIONAL)) {
                optional.add(item.substring(0, item.indexOf(':')));
            }
        }
        return optional;
    }

    /** Paths of all files, those of the bundled jars as {@code jar!/path}. */
    List<String> allPaths() {
        List<String> paths = new ArrayList<>(entries.keySet());
        jars.forEach((jar, contents) -> contents.keySet().forEach(path -> paths.add(jar + "!/" + path)));
        return paths;
    }

    /** The lines of a text file in the plugin's jar; none where the file is not there. */
    List<String> pluginJarLines(String path) {
        byte[] content = pluginJar().get(path);
        return content == null
                ? List.of()
                : new String(content, StandardCharsets.UTF_8).lines().toList();
    }

    private static Attributes manifest(Map<String, byte[]> jar) throws IOException {
        return new Manifest(new ByteArrayInputStream(jar.get("META-INF/MANIFEST.MF"))).getMainAttributes();
    }

    private static Map<String, byte[]> unzip(byte[] archive) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (InputStream bytes = new ByteArrayInputStream(archive);
                ZipInputStream zip = new ZipInputStream(bytes)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    contents.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        return contents;
    }
}
