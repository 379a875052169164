package io.jenkins.mlops.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class StateFilePropertyTest {
    @Property(tries = 300)
    void whatIsWrittenIsReadAndIsJson(@ForAll Map<String, String> entries) throws Exception {
        Path directory = Files.createTempDirectory("state");
        Path file = directory.resolve("x.json");
        try {
            StateFile.write(file, entries);
            assertThat(StateFile.read(file)).contains(new TreeMap<>(entries));
            assertThat(new ObjectMapper().readValue(file.toFile(), new TypeReference<TreeMap<String, String>>() {}))
                    .isEqualTo(new TreeMap<>(entries));
        } finally {
            ReleaseFiles.delete(directory);
        }
    }
}
