package org.jenkinsci.remoting;

/** A thing that may run only on one kind of machine. */
public interface RoleSensitive {
    void checkRoles(RoleChecker checker) throws SecurityException;
}
