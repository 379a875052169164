import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/**
 * Writes {@code predictions.parquet} beside it with DuckDB: the same rows as the tests' CSV file has. Run once:
 *
 * <pre>mvn dependency:copy -Dartifact=org.duckdb:duckdb_jdbc:1.3.2.0 -DoutputDirectory=/tmp
 * java -cp /tmp/duckdb_jdbc-1.3.2.0.jar GeneratePredictions.java</pre>
 */
public class GeneratePredictions {
    public static void main(String[] args) throws Exception {
        try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
                Statement sql = db.createStatement()) {
            sql.execute("SET threads = 1");
            sql.execute("COPY (SELECT i AS id, i % 2 AS label,"
                    + " (((i * 37) % 100) * 5 + (i % 2) * 400)::DOUBLE / 1000.0::DOUBLE AS score,"
                    + " CASE WHEN i % 3 = 0 THEN 'north' ELSE 'south' END AS region"
                    + " FROM (SELECT range AS i FROM range(1, 201)) ORDER BY i)"
                    + " TO 'predictions.parquet' (FORMAT parquet, CODEC 'zstd')");
        }
    }
}
