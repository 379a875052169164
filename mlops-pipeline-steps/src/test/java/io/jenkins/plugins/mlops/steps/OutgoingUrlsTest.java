package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.PromotionRequest;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.notice.PromotionNotice;
import io.jenkins.plugins.mlops.registry.notice.PromotionNotifier;
import io.jenkins.plugins.mlops.registry.notice.WebhookNotifier;
import io.jenkins.plugins.mlops.steps.serving.HttpServingTarget;
import io.jenkins.plugins.mlops.steps.serving.Release;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Holds every URL that the controller calls for somebody to the administrator's list of hosts. */
@WithJenkins
class OutgoingUrlsTest {
    /** How an address looks that is to lead where the list does not; PORT is that of a server that must not be asked. */
    private static final List<String> HOSTILE = List.of(
            "",
            "models.example.com",
            "//models.example.com/hook",
            "http:///hook",
            "http://",
            "file:///etc/passwd",
            "ftp://models.example.com/hook",
            "jar:http://models.example.com/a.jar!/b",
            "gopher://models.example.com:70/_x",
            "javascript:alert(1)",
            "http://127.0.0.1:PORT/hook",
            "http://localhost:PORT/hook",
            "http://[::1]:PORT/hook",
            "http://2130706433:PORT/hook",
            "http://0x7f.0.0.1:PORT/hook",
            "http://169.254.169.254/latest/meta-data/",
            "http://models.example.com@127.0.0.1:PORT/hook",
            "http://models.example.com:80@127.0.0.1:PORT/hook",
            "http://127.0.0.1:PORT/#@models.example.com/",
            "http://127.0.0.1:PORT?x=http://models.example.com/",
            "http://models.example.com\\@127.0.0.1:PORT/hook",
            "http://models.example.com%00.127.0.0.1:PORT/hook",
            "http://models.example.com.attacker.test/hook",
            "http://attacker-models.example.com/hook",
            "http://serving.example.com/hook",
            "http://xserving.example.com/hook",
            "http://models.example.com:8080/hook",
            "http://models.example.com\r\nHost: 127.0.0.1/hook");

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer trap;

    /** A place where a URL is called. */
    private interface Door {
        void call(String url) throws Exception;
    }

    private final Map<String, Door> doors = Map.of(
            "webhook", url -> new WebhookNotifier(url).deliver(null, "1"),
            "deploy hook", url -> target("https://models.example.com:443/", url, ""),
            "endpoint", url -> target(url, "https://models.example.com:443/", ""),
            "status",
                    url -> {
                        if (url.isEmpty()) {
                            throw new IOException("no status is asked for");
                        }
                        target("https://models.example.com:443/", "https://models.example.com:443/", url);
                    });

    private static void target(String url, String hook, String status) throws Exception {
        HttpServingTarget target = new HttpServingTarget(url, hook);
        target.setStatusUrl(status);
        target.prepare(new Release("iris", "1", null, null, Optional.empty(), null, null, null, null));
    }

    @BeforeEach
    void listen(JenkinsRule j) throws Exception {
        trap = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        trap.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        trap.start();
        RegistryConfiguration.get()
                .setAllowedHosts("models.example.com:80 models.example.com:443 *.serving.example.com");
    }

    @AfterEach
    void stop() {
        trap.stop(0);
    }

    @Test
    void leadNowhereElse(JenkinsRule j) {
        doors.forEach((name, door) -> {
            for (String url : HOSTILE) {
                String address =
                        url.replace("PORT", String.valueOf(trap.getAddress().getPort()));
                assertThatThrownBy(() -> door.call(address))
                        .as(name + " " + address)
                        .isNotInstanceOf(NullPointerException.class)
                        .message()
                        .isNotBlank();
            }
        });

        assertThat(asked).hasValue(0);
    }

    @Test
    void aRedirectIsNoWayRound(JenkinsRule j) throws Exception {
        HttpServer open = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            String elsewhere = "http://127.0.0.1:" + trap.getAddress().getPort() + "/";
            open.createContext("/", exchange -> {
                exchange.getResponseHeaders().add("Location", elsewhere);
                exchange.sendResponseHeaders(307, -1);
                exchange.close();
            });
            open.start();
            String listed = "127.0.0.1:" + open.getAddress().getPort();
            RegistryConfiguration.get().setAllowedHosts(listed);

            assertThatThrownBy(() -> new WebhookNotifier("http://" + listed + "/hook").deliver(notice(), "1"))
                    .isInstanceOf(PromotionNotifier.Refused.class)
                    .hasMessageContaining("307");

            assertThat(asked).hasValue(0);
        } finally {
            open.stop(0);
        }
    }

    private static PromotionNotice notice() {
        ModelRegistry registry = RegistryConnection.get().registry();
        ModelVersion version = registry.register(
                Registration.of("v", "m", List.of(new VersionFile("m.bin", 1, Ledger.sha256("m"))), "ada"));
        return PromotionNotice.changed(registry.requestPromotion(new PromotionRequest(
                "p",
                "m",
                1,
                "champion",
                "ada",
                version.digest(),
                registry.policy("m").revision(),
                Verdict.PASS,
                "sha256:" + Ledger.sha256("evidence"),
                null,
                null,
                "")));
    }
}
