package io.jenkins.mlops.testbed.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Class files by name, from folders and jars, never loaded; the JDK's and the class path's fill gaps. */
final class ClassPool {
    private final Map<String, Path> places = new HashMap<>();
    private final Map<String, ClassShape> shapes = new HashMap<>();
    private final Set<String> packages = new HashSet<>();

    static ClassPool of(List<Path> places) throws IOException {
        ClassPool pool = new ClassPool();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                pool.addFolder(place);
            } else {
                pool.addJar(place);
            }
        }
        return pool;
    }

    /** All jars of a folder; Jenkins' own come before what plugins bundle. */
    static ClassPool ofFolder(Path folder) throws IOException {
        List<Path> jars = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(p -> p.toString().endsWith(".jar")).forEach(jars::add);
        }
        jars.sort(Comparator.comparing((Path p) -> p.toString().contains("--lib-"))
                .thenComparing(p -> p.toString().contains("plugin-"))
                .thenComparing(Path::toString));
        return of(jars);
    }

    private void addFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(p -> p.toString().endsWith(".class"))
                    .forEach(p -> add(folder.relativize(p).toString().replace('\\', '/'), folder));
        }
    }

    private void addJar(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream()
                    .map(JarEntry::getName)
                    .filter(n -> n.endsWith(".class"))
                    .forEach(n -> add(n, jar));
        }
    }

    private void add(String entry, Path place) {
        String name = entry.substring(0, entry.length() - ".class".length());
        if (!name.startsWith("META-INF/") && name.indexOf('/') > 0) {
            places.putIfAbsent(name, place);
            packages.add(name.substring(0, name.lastIndexOf('/')));
        }
    }

    Set<String> names() {
        return new TreeSet<>(places.keySet());
    }

    boolean hasPackage(String name) {
        return packages.contains(name);
    }

    boolean has(String name) {
        return places.containsKey(name);
    }

    /** The shape of a class, or null if it is nowhere. */
    ClassShape get(String name) throws IOException {
        if (name == null) {
            return null;
        }
        ClassShape known = shapes.get(name);
        if (known == null) {
            byte[] bytes = read(name);
            if (bytes == null) {
                return null;
            }
            known = ClassShape.of(bytes);
            shapes.put(name, known);
        }
        return known;
    }

    private byte[] read(String name) throws IOException {
        Path place = places.get(name);
        if (place == null) {
            try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
                return in == null ? null : in.readAllBytes();
            }
        }
        if (Files.isDirectory(place)) {
            return Files.readAllBytes(place.resolve(name + ".class"));
        }
        try (JarFile jar = new JarFile(place.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(name + ".class"))) {
            return in.readAllBytes();
        }
    }

    /** The class and all its supertypes, nearest first. */
    List<ClassShape> closure(String name) throws IOException {
        Map<String, ClassShape> found = new java.util.LinkedHashMap<>();
        collect(name, found);
        return new ArrayList<>(found.values());
    }

    private void collect(String name, Map<String, ClassShape> found) throws IOException {
        ClassShape shape = get(name);
        if (shape == null || found.putIfAbsent(name, shape) != null) {
            return;
        }
        collect(shape.superName(), found);
        for (String i : shape.interfaces()) {
            collect(i, found);
        }
    }
}
