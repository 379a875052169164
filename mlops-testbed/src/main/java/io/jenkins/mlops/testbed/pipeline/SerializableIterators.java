package io.jenkins.mlops.testbed.pipeline;

import com.cloudbees.groovy.cps.impl.Caller;
import java.io.Serializable;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * A Groovy category that gives scripts iterators and map views that can be written with the program: a loop may have a
 * step in it that waits over a restart.
 */
public final class SerializableIterators {
    private SerializableIterators() {}

    public static <E> Iterator<E> iterator(List<E> self) {
        return new ListIterator<>(self);
    }

    public static <E> Iterator<E> iterator(Set<E> self) {
        return new ListIterator<>(new ArrayList<>(self));
    }

    public static <E> Iterator<E> iterator(Deque<E> self) {
        return new ListIterator<>(new ArrayList<>(self));
    }

    public static <E> Iterator<E> iterator(E[] self) {
        return new ListIterator<>(new ArrayList<>(Arrays.asList(self)));
    }

    public static <K, V> Iterator<Map.Entry<K, V>> iterator(Map<K, V> self) {
        return new ListIterator<>(new ArrayList<>(copies(self)));
    }

    public static <K, V> Set<Map.Entry<K, V>> entrySet(Map<K, V> self) {
        return isPlainCode(self, "entrySet") ? self.entrySet() : copies(self);
    }

    private static <K, V> Set<Map.Entry<K, V>> copies(Map<K, V> map) {
        Set<Map.Entry<K, V>> entries = new LinkedHashSet<>();
        map.forEach((key, value) -> entries.add(new AbstractMap.SimpleImmutableEntry<>(key, value)));
        return entries;
    }

    public static <K> Set<K> keySet(Map<K, ?> self) {
        if (isPlainCode(self, "keySet")) {
            return self.keySet();
        }
        return new LinkedHashSet<>(self.keySet());
    }

    public static <V> Collection<V> values(Map<?, V> self) {
        if (isPlainCode(self, "values")) {
            return self.values();
        }
        return new ArrayList<>(self.values());
    }

    /** Whether the call comes from code that cannot wait, which needs the live view of the map. */
    private static boolean isPlainCode(Object self, String method) {
        return !Caller.isAsynchronous(self, method)
                && !Caller.isAsynchronous(SerializableIterators.class, method, self);
    }

    private static final class ListIterator<E> implements Iterator<E>, Serializable {
        private static final long serialVersionUID = 1L;
        private final List<E> list;
        private int next;

        ListIterator(List<E> list) {
            this.list = list;
        }

        @Override
        public boolean hasNext() {
            return next < list.size();
        }

        @Override
        public E next() {
            if (next >= list.size()) {
                throw new NoSuchElementException();
            }
            return list.get(next++);
        }

        @Override
        public void remove() {
            list.remove(--next);
        }
    }
}
