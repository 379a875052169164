package org.jenkinsci.remoting;

/** The part that a machine plays. */
public final class Role {
    private final String name;

    public Role(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return super.toString() + "[" + name + "]";
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Role r && name.equals(r.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
