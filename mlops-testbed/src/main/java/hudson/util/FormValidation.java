package hudson.util;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.Util;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collection;
import java.util.stream.Collectors;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** What a form's field is told about its value. */
public abstract class FormValidation extends IOException implements HttpResponse {
    private static final long serialVersionUID = 1L;
    private static final FormValidation OK = new Message(Kind.OK, null);

    /** How bad it is. */
    public enum Kind {
        OK,
        WARNING,
        ERROR
    }

    @NonNull
    public final Kind kind;

    private FormValidation(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public static FormValidation error(String message) {
        return errorWithMarkup(message == null ? null : Util.escape(message));
    }

    public static FormValidation warning(String message) {
        return warningWithMarkup(message == null ? null : Util.escape(message));
    }

    public static FormValidation ok(@Nullable String message) {
        return okWithMarkup(message == null ? null : Util.escape(message));
    }

    public static FormValidation ok() {
        return OK;
    }

    public static FormValidation error(String format, Object... args) {
        return error(String.format(format, args));
    }

    public static FormValidation warning(String format, Object... args) {
        return warning(String.format(format, args));
    }

    public static FormValidation ok(String format, Object... args) {
        return ok(String.format(format, args));
    }

    public static FormValidation error(Throwable e, String message) {
        FormValidation v = error(message + ": " + e.getMessage());
        v.initCause(e);
        return v;
    }

    public static FormValidation aggregate(@NonNull Collection<FormValidation> validations) {
        Kind worst = Kind.OK;
        for (FormValidation v : validations) {
            worst = worst.ordinal() > v.kind.ordinal() ? worst : v.kind;
        }
        String html = validations.stream()
                .map(v -> "<li>" + v.renderHtml() + "</li>")
                .collect(Collectors.joining(
                        "", "<ul style=\"list-style-type: none; padding-left: 0; margin: 0\">", "</ul>"));
        return respond(worst, html);
    }

    public static FormValidation errorWithMarkup(String message) {
        return new Message(Kind.ERROR, message);
    }

    public static FormValidation warningWithMarkup(String message) {
        return new Message(Kind.WARNING, message);
    }

    public static FormValidation okWithMarkup(String message) {
        return new Message(Kind.OK, message);
    }

    public static FormValidation respond(@NonNull Kind kind, final String html) {
        return new FormValidation(kind, null) {
            private static final long serialVersionUID = 1L;

            @Override
            public String renderHtml() {
                return html;
            }
        };
    }

    public static FormValidation validateNonNegativeInteger(String value) {
        return validateInteger(value, 0, "Not a non-negative number");
    }

    public static FormValidation validatePositiveInteger(String value) {
        return validateInteger(value, 1, "Not a positive number");
    }

    private static FormValidation validateInteger(String value, int least, String otherwise) {
        try {
            return Integer.parseInt(value) < least ? error(otherwise) : ok();
        } catch (NumberFormatException e) {
            return error("Not a number");
        }
    }

    public static FormValidation validateRequired(String value) {
        return Util.fixEmptyAndTrim(value) == null ? error("This field is required") : ok();
    }

    @Override
    public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
            throws IOException, ServletException {
        respond(rsp, renderHtml());
    }

    public abstract String renderHtml();

    protected void respond(StaplerResponse2 rsp, String html) throws IOException, ServletException {
        rsp.setContentType("text/html;charset=UTF-8");
        rsp.getWriter().print(html);
    }

    private static final class Message extends FormValidation {
        private static final long serialVersionUID = 1L;

        Message(Kind kind, String message) {
            super(kind, message);
        }

        @Override
        public String renderHtml() {
            String message = getMessage();
            if (message == null) {
                return "<div/>";
            }
            String css = kind.name().toLowerCase(java.util.Locale.ROOT);
            return "<div class=" + css + ">" + message + "</div>";
        }

        @Override
        public String toString() {
            return kind + ": " + getMessage();
        }
    }
}
