package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.LedgerVerification;
import io.jenkins.mlops.registry.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes the database past the registry, as an intruder or a careless administrator would. */
class LedgerTamperTest {
    @TempDir
    static Path template;

    @TempDir
    Path directory;

    private JdbcModelRegistry registry;

    @BeforeAll
    static void fill() {
        try (JdbcModelRegistry registry =
                new JdbcModelRegistry(RegistryDatabase.openEmbedded(template), Clock.systemUTC())) {
            ModelVersion version = registry.register(Samples.registration("a", "m"));
            registry.register(Samples.registration("b", "m"));
            registry.requestPromotion(Samples.request(registry, "p", version, "champion", Verdict.PASS));
            registry.setTag("m", 1, "k", "v", "ann");
        }
    }

    @BeforeEach
    void open() throws IOException {
        for (String file : List.of("registry.mv.db", "registry.format")) {
            Files.copy(template.resolve(file), directory.resolve(file));
        }
        registry = new JdbcModelRegistry(RegistryDatabase.openEmbedded(directory), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private void tamper(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:" + directory.resolve("registry") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
                                + ";DEFAULT_NULL_ORDERING=HIGH",
                        "mlops",
                        "");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void anUntouchedLedgerFits() {
        LedgerVerification seen = registry.verifyLedger();
        assertThat(seen.intact()).isTrue();
        assertThat(seen.entries()).isEqualTo(8);
        assertThat(seen.firstBroken()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE mlops_ledger SET actor = 'eve' WHERE seq = 3                                       | 3
            UPDATE mlops_ledger SET millis = millis + 1 WHERE seq = 5                                 | 5
            UPDATE mlops_ledger SET payload = REPLACE(payload, 'champion', 'shadow') WHERE seq = 6    | 6
            UPDATE mlops_ledger SET kind = 'promotion.verified' WHERE seq = 8                         | 8
            UPDATE mlops_ledger SET model = '' WHERE seq = 2                                          | 2
            DELETE FROM mlops_ledger WHERE seq = 4                                                    | 4
            DELETE FROM mlops_ledger WHERE seq = 1                                                    | 1
            DELETE FROM mlops_ledger WHERE seq >= 7                                                   | 7
            DELETE FROM mlops_ledger                                                                  | 1
            UPDATE mlops_ledger_head SET seq = 7                                                      | 7
            DELETE FROM mlops_ledger_head                                                             | 1
            """)
    void namesTheFirstEntryThatDoesNotFit(String sql, long firstBroken) throws SQLException {
        tamper(sql);
        LedgerVerification seen = registry.verifyLedger();
        assertThat(seen.intact()).isFalse();
        assertThat(seen.firstBroken()).as(seen.explanation()).isEqualTo(firstBroken);
        assertThat(seen.explanation()).isNotBlank();
    }

    @Test
    void seesAnExchangeAndAnInsertion() throws SQLException {
        tamper(
                "UPDATE mlops_ledger SET seq = 100 WHERE seq = 3",
                "UPDATE mlops_ledger SET seq = 3 WHERE seq = 4",
                "UPDATE mlops_ledger SET seq = 4 WHERE seq = 100");
        assertThat(registry.verifyLedger().firstBroken()).isEqualTo(3);
    }

    @Test
    void seesAnEntryBehindTheHead() throws SQLException {
        String head = registry.verifyLedger().headHash();
        String hash = Ledger.hash(9, 1, "alias.moved", "m", "eve", "{}", head);
        tamper("INSERT INTO mlops_ledger VALUES (9, 1, 'alias.moved', 'm', 'eve', '{}', '" + head + "', '" + hash
                + "')");
        LedgerVerification seen = registry.verifyLedger();
        assertThat(seen.firstBroken()).isEqualTo(9);
        assertThat(seen.explanation()).contains("slipped in");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE mlops_alias SET number = 2                                     | alias
            DELETE FROM mlops_alias                                               | alias
            INSERT INTO mlops_alias SELECT id, 'production', 2 FROM mlops_model   | never saw
            UPDATE mlops_version SET digest = 'sha256:forged' WHERE number = 1    | digest
            """)
    void seesTablesThatTellAnotherStory(String sql, String said) throws SQLException {
        tamper(sql);
        LedgerVerification seen = registry.verifyLedger();
        assertThat(seen.intact()).isFalse();
        assertThat(seen.explanation()).contains(said);
    }
}
