import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * Writes java-*.parquet with parquet-java 1.15.2: the encodings and types that DuckDB does not write. The rows are a
 * formula that the test repeats. Run once, with parquet-hadoop, hadoop-client-api and hadoop-client-runtime 3.4.1 on the
 * class path: java -cp 'lib/*' GenerateWithParquetJava.java
 */
public class GenerateWithParquetJava {
    public static void main(String[] args) throws Exception {
        write("java-v1.parquet", WriterVersion.PARQUET_1_0, true, false, CompressionCodecName.SNAPPY);
        write("java-v2.parquet", WriterVersion.PARQUET_2_0, true, false, CompressionCodecName.ZSTD);
        write("java-delta.parquet", WriterVersion.PARQUET_2_0, false, false, CompressionCodecName.UNCOMPRESSED);
        write("java-split.parquet", WriterVersion.PARQUET_2_0, false, true, CompressionCodecName.GZIP);
    }

    static void write(String name, WriterVersion version, boolean dictionary, boolean split, CompressionCodecName codec)
            throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType("message m {"
                + " required int32 i; optional int64 l; required float f; optional double d; optional binary s (UTF8);"
                + " required boolean b; optional int96 t; required fixed_len_byte_array(2) h (FLOAT16);"
                + " required fixed_len_byte_array(5) m (DECIMAL(10,2)); required int32 u (INTEGER(32,false));"
                + " required int64 at (TIMESTAMP(NANOS,false)); required int32 clock (TIME(MILLIS,true));"
                + " required group g { optional group h { required int32 deep; } } repeated int32 many; }");
        try (ParquetWriter<Group> out = ExampleParquetWriter.builder(new LocalOutputFile(java.nio.file.Path.of(name)))
                .withConf(new Configuration(false))
                .withType(schema)
                .withWriterVersion(version)
                .withDictionaryEncoding(dictionary)
                .withByteStreamSplitEncoding(split)
                .withCompressionCodec(codec)
                .withPageRowCountLimit(150)
                .withRowGroupSize(20_000L)
                .build()) {
            SimpleGroupFactory factory = new SimpleGroupFactory(schema);
            for (int i = 0; i < 1000; i++) {
                Group row = factory.newGroup();
                row.add("i", (i * 2654435 - 1_000_000_000) ^ (i % 3 == 0 ? -1 : 0));
                if (i % 5 != 2) {
                    row.add("l", (long) i * i * i * 7919L - 4_000_000_000_000L);
                }
                row.add("f", i / 7f);
                if (i % 4 != 1) {
                    row.add("d", i / 7.0);
                }
                if (i % 9 != 4) {
                    row.add("s", "prefix-" + i / 10 + "-ä" + "y".repeat(i % 23));
                }
                row.add("b", i % 3 == 0);
                if (i % 6 != 0) {
                    ByteBuffer t = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
                    t.putLong(i * 1_000_000_007L).putInt(2_440_588 + i);
                    row.add("t", Binary.fromConstantByteArray(t.array()));
                }
                row.add("h", Binary.fromConstantByteArray(new byte[] {(byte) i, (byte) (i >> 8 | 0x3C)}));
                long cents = i * 1001L - 5000;
                row.add("m", Binary.fromConstantByteArray(new byte[] {
                    (byte) (cents >> 32), (byte) (cents >> 24), (byte) (cents >> 16), (byte) (cents >> 8), (byte) cents
                }));
                row.add("u", -1 - i);
                row.add("at", 1_700_000_000_000_000_000L + i);
                row.add("clock", i * 1000 + 1);
                Group g = row.addGroup("g");
                if (i % 2 == 0) {
                    g.addGroup("h").add("deep", i);
                }
                for (int k = 0; k < i % 3; k++) {
                    row.add("many", k);
                }
                out.write(row);
            }
        }
    }
}
