package hudson.model.listeners;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Item;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Is told of items. */
public class ItemListener implements ExtensionPoint {
    private static final Logger LOGGER = Logger.getLogger(ItemListener.class.getName());

    public void onCreated(Item item) {}

    public void onCopied(Item src, Item item) {}

    public void onLoaded() {}

    public void onDeleted(Item item) {}

    public void onRenamed(Item item, String oldName, String newName) {}

    public void onLocationChanged(Item item, String oldFullName, String newFullName) {}

    public void onUpdated(Item item) {}

    public void onBeforeShutdown() {}

    public static ExtensionList<ItemListener> all() {
        return ExtensionList.lookup(ItemListener.class);
    }

    private static void each(Consumer<ItemListener> call) {
        for (ItemListener l : all()) {
            try {
                call.accept(l);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "failed to send event to listener of " + l.getClass(), e);
            }
        }
    }

    public static void fireOnCreated(Item item) {
        each(l -> l.onCreated(item));
    }

    public static void fireOnUpdated(Item item) {
        each(l -> l.onUpdated(item));
    }

    public static void fireOnDeleted(Item item) {
        each(l -> l.onDeleted(item));
    }
}
