package org.kohsuke.stapler.export;

/** A bean that stands in the REST API as something simpler. */
public interface CustomExportedBean {
    Object toExportedObject();
}
