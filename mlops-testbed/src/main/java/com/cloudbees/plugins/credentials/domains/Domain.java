package com.cloudbees.plugins.credentials.domains;

import java.io.Serializable;

/** Where credentials are good for; here only everywhere. */
public class Domain implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Domain GLOBAL = new Domain();

    Domain() {}

    public static Domain global() {
        return GLOBAL;
    }

    public String getName() {
        return null;
    }

    public boolean isGlobal() {
        return true;
    }
}
