package org.kohsuke.stapler.export;

/** The forms of the REST API. */
public enum Flavor {
    JSON("application/json;charset=UTF-8") {
        @Override
        void isAbstractAsTheRealOne() {}
    },
    XML("application/xml;charset=UTF-8") {
        @Override
        void isAbstractAsTheRealOne() {}
    };

    public final String contentType;

    Flavor(String contentType) {
        this.contentType = contentType;
    }

    abstract void isAbstractAsTheRealOne();
}
