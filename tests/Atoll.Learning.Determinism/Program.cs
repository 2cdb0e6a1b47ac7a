// Does the same work wherever it runs, and prints the vector path that it ran on and the SHA-256 of what came out. What the processor may
// use is set by the environment before the process starts (DOTNET_EnableAVX512 and so on), so each setting needs a process of its own.
using Atoll.Learning.Determinism;
using Atoll.Learning.Kernels;

Console.WriteLine($"path {VectorPath.Name}");
foreach (var (name, work) in Work.All)
{
    Console.WriteLine($"{name} {work()}");
}
