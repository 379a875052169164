package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.User;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.promotion.PromotionDesk;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;

/** Hands on what people decide on the pages, and shows on the page why something was refused. */
final class Decisions {
    private Decisions() {}

    /** A change that a form asked for. */
    interface Change {
        void make() throws IOException;
    }

    /**
     * Makes a change and goes back to the page; where it is refused, the page says why.
     *
     * @param back where to go when it is done
     */
    static HttpResponse answer(MlopsPage page, String back, Change change) {
        try {
            change.make();
        } catch (RegistryException | IllegalArgumentException | IOException e) {
            page.fail(String.valueOf(e.getMessage()));
            return HttpResponses.forwardToView(page, "index");
        }
        return HttpResponses.redirectTo(back);
    }

    /** A change has a person behind it: neither the system nor a visitor. */
    static String person() {
        User user = User.current();
        if (user == null) {
            throw new RegistryException.Forbidden("A change of the registry needs an identified user: log in.");
        }
        return user.getId();
    }

    /**
     * Approves or rejects.
     *
     * @param word {@code approve} or {@code reject}
     * @param revision the promotion's revision that the person saw
     */
    static void decide(String id, String word, String comment, String revision) throws IOException {
        if (!"approve".equals(word) && !"reject".equals(word)) {
            throw new IllegalArgumentException("expected approve or reject, found '" + word + "'");
        }
        PromotionDesk.decide(id, "approve".equals(word), text(comment), VersionPage.wholeNumber(revision));
    }

    static String text(@CheckForNull String given) {
        return given == null ? "" : given.strip();
    }

    /** What must be said. */
    static String reason(@CheckForNull String given) {
        String reason = text(given);
        if (reason.isEmpty()) {
            throw new IllegalArgumentException(Messages.Decisions_reason());
        }
        return reason;
    }
}
