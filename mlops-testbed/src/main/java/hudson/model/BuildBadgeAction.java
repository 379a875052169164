package hudson.model;

/** An action that draws a badge beside its build in the history. */
public interface BuildBadgeAction extends Action {}
