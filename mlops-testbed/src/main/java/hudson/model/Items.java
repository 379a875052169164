package hudson.model;

import hudson.XmlFile;
import hudson.util.XStream2;
import java.io.File;
import java.io.IOException;

/** Reads and writes items. */
public class Items {
    public static final XStream2 XSTREAM2 = new XStream2();

    /** Reads the item that stands in a folder and gives it its parent and name. */
    public static Item load(ItemGroup parent, File dir) throws IOException {
        Item item = (Item) new XmlFile(XSTREAM2, new File(dir, "config.xml")).read();
        item.onLoad(parent, dir.getName());
        return item;
    }

    static XmlFile getConfigFile(Item item) {
        return new XmlFile(XSTREAM2, new File(item.getRootDir(), "config.xml"));
    }
}
