package io.jenkins.mlops.testbed.persistence;

import com.cloudbees.plugins.credentials.SecretBytes;
import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.converters.SingleValueConverter;
import hudson.model.Result;
import hudson.util.Secret;
import java.util.function.Function;

/** Values that are one text in XML. */
public final class TextConverters {
    private TextConverters() {}

    /** Teaches an XStream these values. */
    public static void register(XStream xs) {
        xs.registerConverter(new Text<>(Result.class, Result::fromString, Result::toString));
        xs.registerConverter(new Text<>(Secret.class, Secret::fromString, Secret::getEncryptedValue));
        xs.registerConverter(new Text<>(SecretBytes.class, SecretBytes::fromString, SecretBytes::toString));
        xs.alias("result", Result.class);
    }

    private record Text<T>(Class<T> type, Function<String, T> reader, Function<T, String> writer)
            implements SingleValueConverter {
        @Override
        public String toString(Object o) {
            return writer.apply(type.cast(o));
        }

        @Override
        public Object fromString(String s) {
            return reader.apply(s);
        }

        @Override
        public boolean canConvert(Class c) {
            return c == type;
        }
    }
}
