package com.cloudbees.plugins.credentials.common;

/** Credentials with an id and a name. */
public interface StandardUsernameCredentials extends StandardCredentials, UsernameCredentials {}
