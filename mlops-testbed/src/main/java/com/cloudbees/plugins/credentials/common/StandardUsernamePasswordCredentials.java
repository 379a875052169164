package com.cloudbees.plugins.credentials.common;

/** Credentials with an id, a name and a password. */
public interface StandardUsernamePasswordCredentials extends StandardUsernameCredentials, UsernamePasswordCredentials {}
