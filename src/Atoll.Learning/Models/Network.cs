namespace Atoll.Learning.Models;
public sealed class Network { }
