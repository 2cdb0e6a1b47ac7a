using System.Numerics;

namespace Atoll.Footprint.Grids.Shifting;

/// <summary>Some of a trace's steps in the order of their intensities: a Fenwick tree over ranks, each node with the number and the sum of its steps.</summary>
/// <remarks>Fenwick, "A new data structure for cumulative frequency tables", Software: Practice and Experience 24 (1994). Every operation is O(log n).</remarks>
internal sealed class RankedSteps
{
    private readonly double[] _byRank;
    private readonly int[] _rank;
    private readonly Node[] _tree;
    private readonly int _top;

    public RankedSteps(ReadOnlySpan<double> intensities)
    {
        _byRank = intensities.ToArray();
        int[] order = [.. Enumerable.Range(0, _byRank.Length)];
        Array.Sort(_byRank, order);
        _rank = new int[order.Length];
        for (int rank = 0; rank < order.Length; rank++)
        {
            _rank[order[rank]] = rank;
        }
        _tree = new Node[order.Length + 1];
        _top = (int)BitOperations.RoundUpToPowerOf2((uint)order.Length + 1) / 2;
    }

    public void Add(int step) => Change(step, 1);

    public void Remove(int step) => Change(step, -1);

    /// <summary>How many of the steps come before this one, which need not be among them.</summary>
    public int Below(int step)
    {
        int count = 0;
        for (int node = _rank[step]; node > 0; node &= node - 1)
        {
            count += _tree[node].Count;
        }
        return count;
    }

    /// <summary>The sum of the least <paramref name="steps"/>; of the last of them by its share.</summary>
    public double SumOfLeast(double steps)
    {
        int left = (int)Math.Floor(steps), node = 0;
        double share = steps - left, sum = 0;
        for (int stride = _top; stride > 0; stride >>= 1)
        {
            int next = node + stride;
            if (next < _tree.Length && _tree[next].Count <= left)
            {
                node = next;
                left -= _tree[next].Count;
                sum += _tree[next].Sum;
            }
        }
        // The descent passes all ranks up to where one more step would be too much: what follows is the next step.
        return share > 0 && node < _byRank.Length ? sum + share * _byRank[node] : sum; // a share of rounding alone may have no step left
    }

    private void Change(int step, int count)
    {
        double intensity = count * _byRank[_rank[step]];
        for (int node = _rank[step] + 1; node < _tree.Length; node += node & -node)
        {
            ref Node here = ref _tree[node];
            here.Count += count;
            // Rounding of additions and removals must not pile up: an empty node holds nothing.
            here.Sum = here.Count == 0 ? 0 : here.Sum + intensity;
        }
    }

    private struct Node
    {
        public int Count;
        public double Sum;
    }
}
