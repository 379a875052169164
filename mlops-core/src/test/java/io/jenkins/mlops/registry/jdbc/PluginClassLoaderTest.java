package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens the registry as Jenkins would: Jackson in one class loader, the plugin with H2, Flyway and the pool in a child
 * of it, and a thread whose context class loader knows nothing of either.
 */
class PluginClassLoaderTest {
    @TempDir
    Path directory;

    @Test
    void needsNoHelpFromTheContextClassLoader() throws Exception {
        List<URL> shared = new ArrayList<>();
        List<URL> plugin = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = Path.of(entry).getFileName().toString();
            boolean fromOtherPlugins =
                    name.startsWith("jackson-") || name.startsWith("snakeyaml") || name.startsWith("slf4j");
            boolean packaged = name.equals("classes")
                    || name.startsWith("mlops-core")
                    || name.startsWith("h2-")
                    || name.startsWith("flyway")
                    || name.startsWith("HikariCP")
                    || name.startsWith("postgresql");
            if (fromOtherPlugins) {
                shared.add(url(entry));
            } else if (packaged && !name.contains("embedded")) {
                plugin.add(url(entry));
            }
        }
        // TOML and date modules are not there on a controller; Flyway must do without.
        shared.removeIf(url -> url.getPath().contains("jackson-dataformat-toml")
                || url.getPath().contains("jsr310"));
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (URLClassLoader others = new URLClassLoader(shared.toArray(new URL[0]), platform);
                URLClassLoader own = new URLClassLoader(plugin.toArray(new URL[0]), others)) {
            Thread thread = new Thread(() -> {
                try {
                    Class<?> type = own.loadClass(RegistryDatabase.class.getName());
                    assertThat(type).isNotSameAs(RegistryDatabase.class);
                    Object database = type.getMethod("openEmbedded", Path.class).invoke(null, directory);
                    type.getMethod("close").invoke(database);
                } catch (ReflectiveOperationException | RuntimeException | Error e) {
                    failure.set(e);
                }
            });
            thread.setContextClassLoader(platform);
            thread.start();
            thread.join();
        }
        assertThat(failure.get()).isNull();
        assertThat(directory.resolve("registry.mv.db")).isNotEmptyFile();
    }

    private static URL url(String entry) throws MalformedURLException {
        return Path.of(entry).toUri().toURL();
    }
}
