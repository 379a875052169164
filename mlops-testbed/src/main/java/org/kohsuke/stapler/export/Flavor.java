package org.kohsuke.stapler.export;

/** The forms of the REST API. */
public enum Flavor {
    JSON("application/json;charset=UTF-8"),
    XML("application/xml;charset=UTF-8");

    public final String contentType;

    Flavor(String contentType) {
        this.contentType = contentType;
    }
}
