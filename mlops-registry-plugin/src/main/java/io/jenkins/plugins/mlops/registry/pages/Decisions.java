package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.User;
import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import java.util.UUID;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;

/** Takes down what people decide on the pages, and tells who waits for it. */
final class Decisions {
    private Decisions() {}

    /** A change that a form asked for. */
    interface Change {
        void make();
    }

    /**
     * Makes a change and goes back to the page; where it is refused, the page says why.
     *
     * @param back where to go when it is done
     */
    static HttpResponse answer(MlopsPage page, String back, Change change) {
        try {
            change.make();
        } catch (RegistryException | IllegalArgumentException e) {
            page.fail(String.valueOf(e.getMessage()));
            return HttpResponses.forwardToView(page, "index");
        }
        return HttpResponses.redirectTo(back);
    }

    /** A decision has a person behind it: neither the system nor a visitor. */
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
     * @param revision what the person saw, with digest and evidence
     */
    static void decide(
            Reader reader, String id, String word, String comment, String revision, String digest, String evidence) {
        Jenkins.get().checkPermission(MlopsPermissions.APPROVE);
        if (!"approve".equals(word) && !"reject".equals(word)) {
            throw new IllegalArgumentException("expected approve or reject, found '" + word + "'");
        }
        Promotion promotion = MlopsPage.registry().promotion(id);
        if (!reader.sees(MlopsPage.registry().version(promotion.model(), promotion.version()))
                && !reader.may(MlopsPermissions.APPROVE)) {
            throw new RegistryException.NotFound("There is no promotion '" + id + "' that you may see.");
        }
        changed(MlopsPage.registry()
                .decide(new Decision(
                        id,
                        "approve".equals(word),
                        person(),
                        reader.groups(),
                        text(comment),
                        MlopsPage.number(revision, 0),
                        digest,
                        evidence)));
    }

    static void withdraw(String id, String reason) {
        Jenkins.get().checkPermission(MlopsPermissions.REQUEST_PROMOTION);
        changed(MlopsPage.registry().withdraw(id, person(), text(reason)));
    }

    /** Tells the listeners, among them the Pipelines that wait. */
    static void changed(Promotion promotion) {
        PromotionListener.fireChanged(promotion);
        InboxLink.get().forget();
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

    static String operationKey(String what) {
        return what + "/" + UUID.randomUUID();
    }
}
