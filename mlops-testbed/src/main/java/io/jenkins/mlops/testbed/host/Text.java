package io.jenkins.mlops.testbed.host;

import java.util.Locale;
import org.jvnet.localizer.Localizable;
import org.jvnet.localizer.ResourceBundleHolder;

/** A text that is the same in every language. */
public final class Text {
    private Text() {}

    public static Localizable of(String text) {
        return new Fixed(text);
    }

    private static final class Fixed extends Localizable {
        private static final long serialVersionUID = 1L;
        private final String text;

        Fixed(String text) {
            super(ResourceBundleHolder.get(Text.class), text);
            this.text = text;
        }

        @Override
        public String toString(Locale locale) {
            return text;
        }
    }
}
