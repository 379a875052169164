import java.nio.file.*;
import java.sql.*;
import java.util.*;

/**
 * Writes the Parquet files beside it with DuckDB, and what they hold as CSV. Run once:
 *
 * <pre>mvn dependency:copy -Dartifact=org.duckdb:duckdb_jdbc:1.3.2.0 -DoutputDirectory=/tmp
 * java -cp /tmp/duckdb_jdbc-1.3.2.0.jar Generate.java</pre>
 */
public class Generate {
    public static void main(String[] args) throws Exception {
        try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = db.createStatement()) {
            sql.execute("SET threads = 1");
            // A linear congruential sequence: the same rows on every run.
            sql.execute("CREATE TABLE t AS SELECT i AS id, "
                    + "CASE WHEN i % 7 = 3 THEN NULL ELSE (i * 7919) % 1009 / 1009.0::DOUBLE END AS score, "
                    + "CASE WHEN i % 11 = 5 THEN NULL ELSE (i * 31 % 97 / 97.0)::FLOAT END AS weight, "
                    + "(['cat', 'dog', 'größe', '', 'a,\"b\"'])[1 + i % 5] AS label, "
                    + "CASE WHEN i % 13 = 0 THEN NULL ELSE 'text ' || (i * 48271) % 65537 || repeat('x', i % 40) END AS note, "
                    + "i % 3 = 0 AS flag, CASE WHEN i % 4 = 0 THEN NULL ELSE i % 2 = 0 END AS maybe, "
                    + "(i * 2654435761 - 5000000000)::BIGINT AS big, (i % 250)::UTINYINT AS tiny, (i - 300)::SMALLINT AS small, "
                    + "(18446744073709551000 + (i % 600))::UBIGINT AS huge, "
                    + "(i * 1.37)::DECIMAL(9,2) AS price, (i * 123456789.123)::DECIMAL(38,3) AS total, "
                    + "DATE '1969-12-20' + i::INTEGER AS day, "
                    + "TIMESTAMP '2024-02-29 23:59:58.25' + INTERVAL (i) SECOND AS at, "
                    + "NULL::INTEGER AS nothing, "
                    + "('00000000-0000-4000-8000-' || lpad(i::VARCHAR, 12, '0'))::UUID AS key "
                    + "FROM (SELECT range AS i FROM range(600)) ORDER BY i");
            sql.execute("COPY t TO 'expected.csv' (HEADER, NULLSTR '')");
            for (String codec : List.of("uncompressed", "snappy", "gzip", "zstd", "lz4_raw")) {
                sql.execute("COPY t TO 'v1-" + codec + ".parquet' (FORMAT parquet, CODEC '" + codec + "')");
            }
            sql.execute("COPY t TO 'v2.parquet' (FORMAT parquet, CODEC 'zstd', PARQUET_VERSION V2, DICTIONARY_SIZE_LIMIT 1)");
            sql.execute("CREATE TABLE many AS SELECT range AS n, range % 10 AS digit FROM range(7000)");
            sql.execute("COPY many TO 'groups.parquet' (FORMAT parquet, CODEC 'zstd', ROW_GROUP_SIZE 2048)");
            sql.execute("COPY (SELECT 1 AS a, {'b': 2, 'c': {'d': 'deep'}} AS s, [1, 2] AS l, MAP {'k': 1} AS m) "
                    + "TO 'nested.parquet' (FORMAT parquet)");
            sql.execute("COPY (SELECT 1 AS a WHERE false) TO 'no-rows.parquet' (FORMAT parquet)");
            sql.execute("PRAGMA add_parquet_key('k', '0123456789112345')");
            sql.execute("COPY (SELECT 1 AS a) TO 'encrypted.parquet' (FORMAT parquet, ENCRYPTION_CONFIG {footer_key: 'k'})");
            sql.execute("COPY (SELECT 1 AS a) TO 'brotli.parquet' (FORMAT parquet, CODEC 'brotli')");
        }
    }
}
