package org.jenkinsci.remoting;

import java.io.Serializable;

/** Marks what is serialised only to travel to an agent. */
public interface SerializableOnlyOverRemoting extends Serializable {}
