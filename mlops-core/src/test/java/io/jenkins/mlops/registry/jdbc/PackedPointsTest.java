package io.jenkins.mlops.registry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.registry.jdbc.PackedPoints.Point;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PackedPointsTest {
    @Provide
    Arbitrary<List<Point>> points() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 5),
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.doubles().withSpecialValue(Double.NaN).withSpecialValue(Double.NEGATIVE_INFINITY))
                .as(Point::new)
                .list()
                .ofMaxSize(50);
    }

    @Property(tries = 200)
    void comesBackAsItWas(@ForAll("points") List<Point> points) throws SQLException {
        List<Point> sorted = new ArrayList<>(points);
        sorted.sort(Point.BY_METRIC);
        byte[] packed = PackedPoints.pack(sorted);
        assertThat(PackedPoints.unpack(packed)).isEqualTo(sorted);
        for (long metric = 1; metric <= 5; metric++) {
            long only = metric;
            assertThat(PackedPoints.unpack(packed, metric))
                    .isEqualTo(sorted.stream()
                            .filter(point -> point.metric() == only)
                            .toList());
        }
    }

    @Test
    void keepsToItsFormat() {
        byte[] packed = PackedPoints.pack(
                List.of(new Point(300, 1, 1_000, 0.5), new Point(300, 2, 1_000, -1), new Point(301, -1, 999, 2)));
        assertThat(HexFormat.of().formatHex(packed))
                .isEqualTo("01" + "ac02" + "02" + "02" + "d00f" + "3fe0000000000000" + "02" + "00" + "bff0000000000000"
                        + "ad02" + "01" + "05" + "01" + "4000000000000000");
    }

    @Test
    void refusesWhatIsDamaged() {
        byte[] packed = PackedPoints.pack(List.of(new Point(1, 2, 3, 4), new Point(2, 3, 4, 5)));
        for (int length = 0; length < packed.length; length++) {
            byte[] cut = Arrays.copyOf(packed, length);
            if (length != 1 && length != 1 + (packed.length - 1) / 2) {
                assertThatThrownBy(() -> PackedPoints.unpack(cut))
                        .as("cut to %s bytes", length)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("packed metric points");
            }
        }
        packed[0] = 2;
        assertThatThrownBy(() -> PackedPoints.unpack(packed)).hasMessageContaining("format 2");
        byte[] endless = new byte[12];
        Arrays.fill(endless, (byte) 0xff);
        endless[0] = 1;
        assertThatThrownBy(() -> PackedPoints.unpack(endless)).hasMessageContaining("64 bits");
    }
}
