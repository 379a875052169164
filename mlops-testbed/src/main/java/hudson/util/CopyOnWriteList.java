package hudson.util;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A list for many readers and few writers. */
public class CopyOnWriteList<E> implements Iterable<E> {
    private final CopyOnWriteArrayList<E> core = new CopyOnWriteArrayList<>();

    public CopyOnWriteList() {}

    public CopyOnWriteList(List<E> core) {
        this.core.addAll(core);
    }

    public synchronized void add(E e) {
        core.add(e);
    }

    public synchronized boolean remove(E e) {
        return core.remove(e);
    }

    @Override
    public Iterator<E> iterator() {
        return core.iterator();
    }

    public void clear() {
        core.clear();
    }

    public List<E> getView() {
        return List.copyOf(core);
    }

    public E get(int index) {
        return core.get(index);
    }

    public boolean isEmpty() {
        return core.isEmpty();
    }

    public int size() {
        return core.size();
    }

    public boolean contains(Object item) {
        return core.contains(item);
    }
}
