package hudson.model.listeners;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.XmlFile;
import hudson.model.Saveable;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Is told of what is saved. */
public abstract class SaveableListener implements ExtensionPoint {
    public void onChange(Saveable o, XmlFile file) {}

    public static void fireOnChange(Saveable o, XmlFile file) {
        for (SaveableListener l : all()) {
            try {
                l.onChange(o, file);
            } catch (RuntimeException e) {
                Logger.getLogger(SaveableListener.class.getName()).log(Level.WARNING, "SaveableListener failed", e);
            }
        }
    }

    public static ExtensionList<SaveableListener> all() {
        return ExtensionList.lookup(SaveableListener.class);
    }
}
